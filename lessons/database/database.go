// Package database asks a database slow questions: one
// after the other, all at once, and a few at a time.
package database

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"runtime/trace"
	"sync"
	"time"
)

// found is what became of a query: the title of the
// book, or why there is none.
type found struct {
	title string
	err   error
}

// query looks up a book, which takes the database that
// long.
func query(ctx context.Context, name string, db *sql.DB,
	book int, each time.Duration) found {
	defer trace.StartRegion(ctx, name).End()
	var f found
	f.err = db.QueryRowContext(ctx,
		`SELECT title FROM books
		WHERE id = ? AND sleep(?)`,
		book, each.Seconds()).Scan(&f.title)
	return f
}

// Sequential waits for one answer before it asks for
// the next.
func Sequential(ctx context.Context, path string,
	queries int, each time.Duration) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	results := make([]found, queries)
	for i := range results {
		name := fmt.Sprint("query ", i+1)
		results[i] = query(ctx, name, db,
			i%books+1, each)
	}
	return report(results)
}

// all asks everything at once and waits for all the
// answers.
func all(ctx context.Context, db *sql.DB,
	queries int, each time.Duration) []found {
	results := make([]found, queries)
	var wg sync.WaitGroup
	for i := range results {
		name := fmt.Sprint("query ", i+1)
		wg.Go(func() {
			results[i] = query(ctx, name, db,
				i%books+1, each)
		})
	}
	wg.Wait()
	return results
}

// Concurrent asks everything at once. The pool opens as
// many connections as that takes.
func Concurrent(ctx context.Context, path string,
	queries int, each time.Duration) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	return report(all(ctx, db, queries, each))
}

// Bounded asks everything at once too, but the pool has
// at most limit connections.
func Bounded(ctx context.Context, path string,
	queries int, each time.Duration, limit int) error {
	db, err := open(path)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(limit)
	return report(all(ctx, db, queries, each))
}

// report says what became of each query, in the order
// asked.
func report(results []found) error {
	failed := 0
	var first error
	for i, f := range results {
		if f.err != nil {
			failed++
			first = cmp.Or(first, f.err)
			fmt.Printf("query %d failed: %v\n",
				i+1, f.err)
			continue
		}
		fmt.Printf("query %d: %s\n", i+1, f.title)
	}
	if failed > 0 {
		return fmt.Errorf(
			"%d of %d queries failed, the first: %w",
			failed, len(results), first)
	}
	return nil
}
