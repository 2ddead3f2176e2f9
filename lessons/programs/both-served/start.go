// A server that sends back what its clients send.
//
// It serves one client to its end, and then the next. Run it, and see what the
// second client gets while the first is silent.
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("unix", os.Getenv("SOCKTUTOR_SOCKET"))
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		io.Copy(client, client)
		client.Close()
	}
}
