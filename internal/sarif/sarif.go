// Package sarif is SARIF 2.1.0 as plain structs: only what vpclint emits, in the order in which it is written.
//
// Its input is a Log that its caller has filled in, its output the bytes. It knows no finding, no rule and no file; what
// GitHub and other readers make of each property is the report's business. The libraries that model all of SARIF
// write empty arrays as null or default values that readers refuse, which is why these structs are our own.
//
// The specification is https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
package sarif

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
)

// Schema is the address of the JSON schema, in a form that both GitHub and Microsoft's validator accept.
const Schema = "https://json.schemastore.org/sarif-2.1.0.json"

// Version is the version of the format.
const Version = "2.1.0"

// A Log is a whole SARIF file.
type Log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []Run  `json:"runs"`
}

// A Run is one run of one tool. Results must not be nil: GitHub refuses a run without the array.
type Run struct {
	Tool               Tool                        `json:"tool"`
	Invocations        []Invocation                `json:"invocations,omitempty"`
	OriginalURIBaseIDs map[string]ArtifactLocation `json:"originalUriBaseIds,omitempty"`
	ColumnKind         string                      `json:"columnKind"`
	Results            []Result                    `json:"results"`
}

// UTF16CodeUnits is the ColumnKind of editors and of JavaScript.
const UTF16CodeUnits = "utf16CodeUnits"

// A Tool is the program that ran.
type Tool struct {
	Driver Component `json:"driver"`
}

// A Component is a tool's main program with its rules. Rules must not be nil.
type Component struct {
	Name            string `json:"name"`
	FullName        string `json:"fullName,omitempty"`
	SemanticVersion string `json:"semanticVersion,omitempty"`
	Version         string `json:"version,omitempty"`
	InformationURI  string `json:"informationUri,omitempty"`
	Rules           []Rule `json:"rules"`
}

// A Rule is a reportingDescriptor.
type Rule struct {
	ID               string         `json:"id"`
	Name             string         `json:"name,omitempty"`
	ShortDescription Text           `json:"shortDescription"`
	FullDescription  Text           `json:"fullDescription"`
	Help             Text           `json:"help"`
	HelpURI          string         `json:"helpUri,omitempty"`
	Default          Configuration  `json:"defaultConfiguration"`
	Properties       RuleProperties `json:"properties"`
}

// A Configuration says how a rule reports unless told otherwise.
type Configuration struct {
	Level Level `json:"level"`
}

// RuleProperties are the properties that GitHub reads from a rule.
type RuleProperties struct {
	Precision        string   `json:"precision"`
	ProblemSeverity  string   `json:"problem.severity"`
	SecuritySeverity string   `json:"security-severity"`
	Tags             []string `json:"tags"`
}

// A Text is a multiformatMessageString, or a message that has plain text only.
type Text struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

// A Level says how grave a result is.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Note    Level = "note"
	None    Level = "none"
)

// Open is the Kind of a result whose verdict is not decided. Its level must be None.
const Open = "open"

// An Invocation is how the tool ran.
type Invocation struct {
	ExecutionSuccessful bool           `json:"executionSuccessful"`
	ExitCode            int            `json:"exitCode"`
	Notifications       []Notification `json:"toolExecutionNotifications,omitempty"`
}

// A Notification is something about the run itself.
type Notification struct {
	Level     Level      `json:"level"`
	Message   Text       `json:"message"`
	Locations []Location `json:"locations,omitempty"`
}

// A Result is one finding. An empty Kind is "fail". RuleIndex is nil where the run lists no such rule.
type Result struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           *int              `json:"ruleIndex,omitempty"`
	Kind                string            `json:"kind,omitempty"`
	Level               Level             `json:"level"`
	Message             Text              `json:"message"`
	Locations           []Location        `json:"locations"`
	RelatedLocations    []Location        `json:"relatedLocations,omitempty"`
	CodeFlows           []CodeFlow        `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints,omitempty"`
	Suppressions        []Suppression     `json:"suppressions,omitempty"`
}

// A Suppression says that a result doesn't count, and why. Location is where the source says so; nil where it doesn't.
type Suppression struct {
	Kind          SuppressionKind `json:"kind"`
	Status        string          `json:"status"`
	Justification string          `json:"justification,omitempty"`
	Location      *Location       `json:"location,omitempty"`
}

// A SuppressionKind says where a suppression is kept.
type SuppressionKind string

// The kinds of suppressions.
const (
	InSource SuppressionKind = "inSource"
	External SuppressionKind = "external"
)

// Accepted is the Status of a suppression that holds.
const Accepted = "accepted"

// A Location is a place in a file. ID is the target of links in the result's message; 0 is none.
type Location struct {
	ID               int               `json:"id,omitempty"`
	PhysicalLocation PhysicalLocation  `json:"physicalLocation"`
	LogicalLocations []LogicalLocation `json:"logicalLocations,omitempty"`
	Message          *Text             `json:"message,omitempty"`
}

// A PhysicalLocation is a region of a file.
type PhysicalLocation struct {
	ArtifactLocation ArtifactLocation `json:"artifactLocation"`
	Region           Region           `json:"region"`
}

// An ArtifactLocation is the address of a file, or the meaning of a URI base.
type ArtifactLocation struct {
	URI         string `json:"uri,omitempty"`
	URIBaseID   string `json:"uriBaseId,omitempty"`
	Description *Text  `json:"description,omitempty"`
}

// A Region is a run of text. All four numbers are 1-based; EndColumn is that after the last character.
type Region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

// A LogicalLocation is a place in the terms of the language: a resource, a notebook's cell.
type LogicalLocation struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind,omitempty"`
}

// A CodeFlow is a way through the code that explains a result.
type CodeFlow struct {
	ThreadFlows []ThreadFlow `json:"threadFlows"`
}

// A ThreadFlow is the one strand of a CodeFlow.
type ThreadFlow struct {
	Locations []ThreadFlowLocation `json:"locations"`
}

// A ThreadFlowLocation is one step.
type ThreadFlowLocation struct {
	Location Location `json:"location"`
}

// Encode writes the log with an indent of two and a final newline. The bytes depend on nothing but the log.
//
// Results are encoded one by one: encoding/json holds all of what it encodes in memory, several times over where it
// indents, and results are nearly all of a log.
func (l *Log) Encode(w io.Writer) error {
	skeleton := *l
	skeleton.Runs = slices.Clone(l.Runs)
	for i := range skeleton.Runs {
		skeleton.Runs[i].Results = []Result{}
	}
	var b bytes.Buffer
	if err := encode(&b, skeleton, ""); err != nil {
		return err
	}
	// No text can hold the mark, since quotes within strings are escaped.
	parts := bytes.Split(b.Bytes(), []byte(emptyResults))
	out := bufio.NewWriter(w)
	for i, run := range l.Runs {
		out.Write(parts[i])
		if err := run.encodeResults(out); err != nil {
			return err
		}
	}
	out.Write(parts[len(l.Runs)])
	return out.Flush() // which also returns the first error of the writes before
}

const (
	emptyResults = `"results": []`
	resultsDepth = "      " // of the member in the log
)

func (r *Run) encodeResults(out *bufio.Writer) error {
	if len(r.Results) == 0 {
		out.WriteString(emptyResults)
		return nil
	}
	const elementDepth = resultsDepth + "  "
	var b bytes.Buffer
	out.WriteString(`"results": [`)
	for i := range r.Results {
		if i > 0 {
			out.WriteByte(',')
		}
		b.Reset()
		if err := encode(&b, &r.Results[i], elementDepth); err != nil {
			return err
		}
		out.WriteString("\n" + elementDepth)
		out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	}
	out.WriteString("\n" + resultsDepth + "]")
	return nil
}

func encode(w io.Writer, v any, prefix string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	return e.Encode(v)
}
