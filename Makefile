# The verbs. A newcomer needs two: run and test.
SHELL := /bin/bash
