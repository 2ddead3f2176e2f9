// A client that answers each line with its length.
//
// It calls Read(), takes what comes for a line, and answers. Run it, and see
// what it takes for a line.
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
	line := make([]byte, 4096)
	for {
		n, err := conn.Read(line)
		if err != nil {
			return // the end of the stream comes as an error, io.EOF
		}
		// The newline at its end does not count.
		if _, err := fmt.Fprintf(conn, "%d\n", n-1); err != nil {
			log.Fatal(err)
		}
	}
}
