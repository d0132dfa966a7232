package rules

//go:generate go run gen.go
//go:generate go run counterparts_gen.go
