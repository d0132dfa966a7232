package terraform

import "github.com/vpclint/vpclint/internal/frontend"

func (l *loader) states(out *frontend.Output) {}
