// A client that sends a line ten times a second.
//
// Go's runtime takes SIGPIPE, and Write() returns an error. Run this, and see
// what becomes of it.
package main

import (
	"log"
	"net"
	"os"
	"time"
)

func main() {
	conn, err := net.Dial("unix", os.Getenv("SOCKTUTOR_SOCKET"))
	if err != nil {
		log.Fatal(err)
	}
	for {
		if _, err := conn.Write([]byte("tick\n")); err != nil {
			panic(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
