// A client that asks twice, and gets two answers, it hopes.
//
// It even has a plan for a server that does not answer: to say so, and end
// with status 2. Run it, and see when that happens.
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	host, port := os.Getenv("SOCKTUTOR_HOST"), os.Getenv("SOCKTUTOR_PORT")
	conn, err := net.Dial("tcp", net.JoinHostPort(host, port))
	if err != nil {
		log.Fatal(err)
	}
	answers := bufio.NewReader(conn)
	for i := 0; i < 2; i++ {
		if _, err := fmt.Fprint(conn, "ping\n"); err != nil {
			log.Fatal(err)
		}
		line, err := answers.ReadString('\n')
		if err != nil {
			fmt.Fprintln(os.Stderr, "no answer")
			os.Exit(2)
		}
		fmt.Print(line)
	}
}
