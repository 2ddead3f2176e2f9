// A client that has two payments made. Each request has its number.
//
// It sends one, waits for the answer, and sends the next. Run it, and see what
// it knows when the server goes away in between.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	conn, err := net.Dial("unix", os.Getenv("SOCKTUTOR_SOCKET"))
	if err != nil {
		log.Fatal(err)
	}
	answers := bufio.NewReader(conn)
	for i, what := range []string{"pay 5", "pay 3"} {
		if _, err := fmt.Fprintf(conn, "%d %s\n", i+1, what); err != nil {
			log.Fatal(err)
		}
		line, err := answers.ReadString('\n')
		if err != nil {
			log.Fatalf("no answer to number %d: %v", i+1, err)
		}
		fmt.Print(line)
	}
}
