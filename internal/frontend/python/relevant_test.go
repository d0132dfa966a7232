package python

import (
	"encoding/base64"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vpclint/vpclint/internal/source"
)

// Paths makes the library pass over imports of what isn't in the tree.
func (t tree) Paths() []string { return slices.Sorted(maps.Keys(t)) }

// TestModuleNames keeps every name by which a module of the tree can be imported.
func TestModuleNames(t *testing.T) {
	names := moduleNames([]string{"__init__.py", "a.py", "b.ipynb", "c/__init__.py", "c/d/e.py", "f/g.txt"})
	got := slices.Sorted(maps.Keys(names))
	if want := []string{"__init__", "a", "c", "e"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestRelevant finds the word wherever it stands, in any case.
func TestRelevant(t *testing.T) {
	for text, want := range map[string]bool{
		"":                              false,
		"sagemake":                      false,
		"sagemaker":                     true,
		"SageMaker":                     true,
		"AWS::SAGEMAKER::Model":         true,
		"k K sagemaKer":                 true,
		"sagemak sageMAKEr":             true,
		"agemaker sagemake":             false,
		"sage maker, sagemaxer, kernel": false,
		strings.Repeat("kK", 100) + "x = sagemaker": true,
		strings.Repeat("k sagemak", 100):            false,
	} {
		if got := (Frontend{}).Relevant(source.NewFile("a.py", []byte(text))); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// trainingScript is one that runs in a training job, as most files do that mention SageMaker: it makes no workload.
const trainingScript = `"""Trains on Amazon SageMaker: the container passes channels and hyperparameters."""
import argparse
import json
import logging
import os

import torch
import torch.nn as nn
from torch.utils.data import DataLoader

from sagemaker_training import environment

logger = logging.getLogger(__name__)


class Net(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, 10))

    def forward(self, x):
        return self.body(x.view(x.size(0), -1))


def train(args):
    loader = DataLoader(torch.load(os.path.join(args.train, "data.pt")), batch_size=args.batch_size)
    model = nn.DataParallel(Net(args.hidden))
    optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=0.9)
    for epoch in range(1, args.epochs + 1):
        for step, (data, target) in enumerate(loader):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(data), target)
            loss.backward()
            optimizer.step()
            if step % 100 == 0:
                logger.info(f"epoch {epoch}, step {step}: loss {loss.item():.4f}")
    torch.save(model.module.state_dict(), os.path.join(args.model_dir, "model.pth"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--hosts", type=list, default=json.loads(os.environ["SM_HOSTS"]))
    parser.add_argument("--model-dir", default=os.environ["SM_MODEL_DIR"])
    parser.add_argument("--train", default=os.environ["SM_CHANNEL_TRAINING"])
    train(parser.parse_args())
`

// TestTraining interprets no training script.
func TestTraining(t *testing.T) {
	f := source.NewFile("train.py", []byte(trainingScript))
	if !(Frontend{}).Relevant(f) || openLibrary(tree{}).isFertile("train.py", []*text{parse(f)}) {
		t.Error("a training script is interpreted")
	}
}

// BenchmarkTraining is what training scripts cost: hardly more than their parsing.
func BenchmarkTraining(b *testing.B) {
	files := tree{}
	for _, dir := range strings.Fields("a b c d e f g h i j k l m n o p q r s t") {
		files["jobs/"+dir+"/code/train.py"] = trainingScript
	}
	b.SetBytes(int64(len(files) * len(trainingScript)))
	for b.Loop() {
		load(b, files)
	}
}

// BenchmarkRelevant is what a file costs that has nothing to do with SageMaker: Python, and a notebook of images.
func BenchmarkRelevant(b *testing.B) {
	script, err := os.ReadFile("testdata/run_scripts.py")
	if err != nil {
		b.Fatal(err)
	}
	image := make([]byte, 1<<20)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range image {
		image[i] = byte(r.Uint32())
	}
	for name, text := range map[string]string{
		"script": strings.ReplaceAll(strings.Repeat(string(script), 500), "agemaker", "age"),
		"images": base64.StdEncoding.EncodeToString(image),
	} {
		b.Run(name, func(b *testing.B) {
			f := source.NewFile("a.py", []byte(text))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if (Frontend{}).Relevant(f) {
					b.Fatal("it is relevant")
				}
			}
		})
	}
}
