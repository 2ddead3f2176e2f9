// A server. It begins as most do: it removes the file of its name, and takes
// the name. Run it, and see who had the name.
package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	path := os.Getenv("SOCKTUTOR_SOCKET")
	os.Remove(path)
	listener, err := net.Listen("unix", path)
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprint(client, "ready\n")
		client.Close()
	}
}
