package config

import (
	"encoding/json"
	"slices"
)

// SchemaURI is where the JSON schema of the file is published: the form that editors can read it from.
const SchemaURI = "https://raw.githubusercontent.com/vpclint/vpclint/main/docs/schema/vpclint.schema.json"

// A Slug is a rule, as the schema names it to who writes a configuration.
type Slug struct{ ID, About string }

// JSONSchema returns the JSON schema of the file. It is of draft 7, which is what the schema store asks for and what editors
// read best.
func JSONSchema(slugs []Slug) *Schema {
	s := mapping(keys(&Config{}, slugs)...).schema
	s.Schema = "http://json-schema.org/draft-07/schema#"
	s.ID = SchemaURI
	s.Title = "Configuration of vpclint (" + Name + ")"
	s.Description = "What vpclint checks in a repository, and what it is told beforehand. Paths are relative to the file's directory."
	// A file without a word asks for nothing.
	s = s.orNull()
	return &s
}

// A Schema is what this package needs of JSON Schema, draft 7.
type Schema struct {
	Schema               string             `json:"$schema,omitempty"`
	ID                   string             `json:"$id,omitempty"`
	Title                string             `json:"title,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 types              `json:"type,omitempty"`
	Enum                 []any              `json:"enum,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	Format               string             `json:"format,omitempty"`
	Not                  *Schema            `json:"not,omitempty"`
	Examples             []any              `json:"examples,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	MaxItems             int                `json:"maxItems,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	MinProperties        int                `json:"minProperties,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"`
}

// types are the types that a value may have: one is written as itself.
type types []string

// MarshalJSON implements json.Marshaler.
func (t types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

func listOf(item Schema) Schema { return Schema{Type: types{"array"}, Items: &item} }

// orNull returns a schema that lets the absence of a value through too: a key whose entries are all commented out.
func (s Schema) orNull() Schema {
	s.Type = append(slices.Clone(s.Type), "null")
	if len(s.Enum) > 0 {
		s.Enum = append(slices.Clone(s.Enum), nil)
	}
	return s
}
