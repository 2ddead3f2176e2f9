// A client that has its numbers sorted.
//
// It sends them, and reads the answer to its end. Run it, and see who waits
// for whom.
package main

import (
	"fmt"
	"io"
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
	defer conn.Close()
	if _, err := fmt.Fprint(conn, "3\n1\n2\n"); err != nil {
		log.Fatal(err)
	}
	if _, err := io.Copy(os.Stdout, conn); err != nil {
		log.Fatal(err)
	}
}
