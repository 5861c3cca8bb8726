// Go's own implementation of notes and trees, over what this library makes: reads a JSON document from standard input,
// and fails with the reason where it does not agree.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proof struct {
	Index  int64
	Leaf   string
	Hashes []string
}

type document struct {
	Key        string
	Checkpoint string
	Inclusions []proof
	Older      struct {
		Size   int64
		Root   string
		Hashes []string
	}
}

func main() {
	var given document
	check(json.NewDecoder(os.Stdin).Decode(&given))
	verifier, err := note.NewVerifier(given.Key)
	check(err)
	opened, err := note.Open([]byte(given.Checkpoint), note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	var size int64
	_, err = fmt.Sscan(lines[1], &size)
	check(err)
	root := hashOf(lines[2])
	for _, each := range given.Inclusions {
		leaf := tlog.RecordHash([]byte(each.Leaf))
		check(tlog.CheckRecord(hashesOf(each.Hashes), size, root, each.Index, leaf))
	}
	older := given.Older
	check(tlog.CheckTree(hashesOf(older.Hashes), size, root, older.Size, hashOf(older.Root)))
}

func hashesOf(encoded []string) []tlog.Hash {
	hashes := make([]tlog.Hash, len(encoded))
	for i, each := range encoded {
		hashes[i] = hashOf(each)
	}
	return hashes
}

func hashOf(encoded string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(encoded)
	check(err)
	var hash tlog.Hash
	copy(hash[:], bytes)
	return hash
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
