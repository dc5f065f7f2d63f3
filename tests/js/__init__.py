"""Tests of the page's plain modules, written in JavaScript and run in a browser."""
