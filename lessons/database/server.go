package database

import (
	"fmt"
	"os"
	"path/filepath"
)

// books is how many books there are. Their ids count from 1.
const books = 12

// titles are theirs, in the order of the ids.
func titles() [books]string {
	return [books]string{
		"Middlemarch", "Don Quixote", "Moby-Dick", "Emma", "Dracula", "Walden",
		"Ulysses", "Candide", "Faust", "Persuasion", "Jane Eyre", "Beowulf",
	}
}

// File is an SQLite database in a directory of its own.
type File struct {
	// Path is where the file is.
	Path string
	dir  string
}

// Serve makes a database file with a table of books, where temporary files
// are. Any number of runs may read it at once. The caller must Close it after
// them.
func Serve() (*File, error) { return ServeIn("") }

// ServeIn is Serve in a directory.
func ServeIn(dir string) (*File, error) {
	dir, err := os.MkdirTemp(dir, "gosyncio-database-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for the database: %w", err)
	}
	f := &File{Path: filepath.Join(dir, "books.db"), dir: dir}
	if err := fill(f.Path); err != nil {
		f.Close()
		return nil, fmt.Errorf("make the database: %w", err)
	}
	return f, nil
}

// Close removes the file and its directory.
func (f *File) Close() error { return os.RemoveAll(f.dir) }

func fill(path string) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL)`); err != nil {
		return err
	}
	for i, title := range titles() {
		if _, err := db.Exec(`INSERT INTO books (id, title) VALUES (?, ?)`, i+1, title); err != nil {
			return err
		}
	}
	return nil
}
