// Judges histories of clients by Porcupine, a public checker of linearizability: whether the strong reads and the writes of each
// key have one order that agrees with their times. docs/drills.md describes the format. A write that was never acknowledged may be
// lost, if everybody who was shown its value was told later that the session is lost.
//
//	go -C .ci/porcupine run . FILE...    prints each key without such an order; exits with 1 if there is one
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

const (
	absent  = int64(-1)
	longest = time.Minute
)

type event struct {
	Operation string `json:"operation"`
	Session   string `json:"session"`
	Level     string `json:"level"`
	Key       string `json:"key"`
	Value     int64  `json:"value"`
	Begin     int64  `json:"begin"`
	End       int64  `json:"end"`
	Outcome   string `json:"outcome"`
	told      bool   // later, that the session is lost
}

func (e event) isWrite() bool      { return e.Operation == "write" }
func (e event) isDone() bool       { return e.Outcome == "done" }
func (e event) isStrongRead() bool { return e.Level == "strong" && e.isDone() }

// A register whose value is that of the last write.
var register = porcupine.Model{
	Init: func() any { return absent },
	Step: func(state, input, output any) (bool, any) {
		call := input.(event)
		if call.isWrite() {
			return true, call.Value
		}
		return call.Value == state.(int64), state
	},
	DescribeOperation: func(input, output any) string {
		call := input.(event)
		return fmt.Sprintf("%s %d", call.Operation, call.Value)
	},
}

func read(file string) ([]event, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	var calls []event
	lines := bufio.NewScanner(opened)
	for number := 1; lines.Scan(); number++ {
		var call event
		if err := json.Unmarshal(lines.Bytes(), &call); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, number, err)
		}
		calls = append(calls, call)
	}
	return calls, lines.Err()
}

// told marks the calls of sessions that were told later that they are lost.
func told(calls []event) {
	lastLoss := map[string]int64{}
	for _, call := range calls {
		if call.Outcome == "session-lost" {
			lastLoss[call.Session] = max(call.Begin, lastLoss[call.Session])
		}
	}
	for index, call := range calls {
		calls[index].told = call.Begin < lastLoss[call.Session]
	}
}

// registers are the writes and strong reads of each key, without the writes that were refused or named as lost, and their reads.
func registers(calls []event) map[string][]event {
	type written struct {
		key   string
		value int64
	}
	kept, unknown := map[written]bool{}, map[written]bool{}
	for _, call := range calls {
		if call.isDone() && (call.isWrite() || !call.told) {
			kept[written{call.Key, call.Value}] = true
		}
		if call.isWrite() && call.Outcome == "unknown" {
			unknown[written{call.Key, call.Value}] = true
		}
	}
	keys := map[string][]event{}
	for _, call := range calls {
		concerns := call.isWrite() && call.Outcome != "refused" || call.isStrongRead()
		if shown := (written{call.Key, call.Value}); concerns && (kept[shown] || !unknown[shown]) {
			keys[call.Key] = append(keys[call.Key], call)
		}
	}
	return keys
}

// operations gives every call an end. A write of unknown outcome ends with the first read that shows it; one that no read shows
// can be left out, since it may not have happened.
func operations(calls []event) []porcupine.Operation {
	shown := map[int64]int64{}
	for _, call := range calls {
		if end, found := shown[call.Value]; !call.isWrite() && (!found || call.End < end) {
			shown[call.Value] = call.End
		}
	}
	var made []porcupine.Operation
	for client, call := range calls {
		if call.isWrite() && !call.isDone() {
			end, found := shown[call.Value]
			if !found || end < call.Begin {
				continue
			}
			call.End = end
		}
		made = append(made, porcupine.Operation{ClientId: client, Input: call, Call: call.Begin, Return: call.End})
	}
	return made
}

// judge counts the keys that are not linearizable, or could not be judged in time.
func judge(file string) (int, error) {
	events, err := read(file)
	if err != nil {
		return 0, err
	}
	told(events)
	keys := registers(events)
	begin, calls, wrong := time.Now(), 0, 0
	for key, history := range keys {
		made := operations(history)
		calls += len(made)
		if result := porcupine.CheckOperationsTimeout(register, made, longest); result != porcupine.Ok {
			fmt.Printf("%s: key %s: %s\n", file, key, result)
			wrong++
		}
	}
	fmt.Printf("%s: Porcupine judged %d calls on %d keys in %d ms: %d keys are not linearizable\n",
		file, calls, len(keys), time.Since(begin).Milliseconds(), wrong)
	return wrong, nil
}

func main() {
	wrong := 0
	for _, file := range os.Args[1:] {
		found, err := judge(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		wrong += found
	}
	if wrong > 0 {
		os.Exit(1)
	}
}
