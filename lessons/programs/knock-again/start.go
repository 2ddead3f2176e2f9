// A client that says hello.
//
// It expects its server to be there. When both are started at the same time,
// that is a matter of luck. Run it, and see what it is told.
package main

import (
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
	defer conn.Close()
	if _, err := fmt.Fprint(conn, "hello\n"); err != nil {
		log.Fatal(err)
	}
}
