//! Committed reports: the totals on top, every miss named below, so that every change of behaviour is a difference in a file.

use std::fmt::Write as _;
use std::fs;

use crate::corpus::root;

/// A report that is being written.
pub struct Report {
    name: &'static str,
    cases: usize,
    misses: Vec<(String, Vec<String>)>,
    notes: Vec<String>,
}

impl Report {
    pub fn new(name: &'static str) -> Self {
        Self { name, cases: 0, misses: Vec::new(), notes: Vec::new() }
    }

    /// Adds a case; without mistakes it agrees.
    pub fn add(&mut self, case: &str, mistakes: Vec<String>) {
        self.cases += 1;
        if !mistakes.is_empty() {
            self.misses.push((case.to_owned(), mistakes));
        }
    }

    /// Adds a line below the totals.
    pub fn note(&mut self, line: String) {
        self.notes.push(line);
    }

    fn print(&self) -> String {
        let right = self.cases - self.misses.len();
        let mut out =
            format!("{}: {right} of {} agree ({:.1} %)\n", self.name, self.cases, 100.0 * right as f64 / self.cases.max(1) as f64);
        for note in &self.notes {
            let _ = writeln!(out, "{note}");
        }
        for (case, mistakes) in &self.misses {
            let _ = writeln!(out, "\n=== {case}");
            for mistake in mistakes {
                let _ = writeln!(out, "{mistake}");
            }
        }
        out
    }

    /// Fails where the committed report says something else; with `UPDATE=1` it is rewritten instead.
    pub fn agree(&self) {
        let path = root().join("tests/conformance").join(format!("{}.txt", self.name));
        let report = self.print();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, report).expect("the report can be written");
            return;
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let (gone, new) = (lines_missing(&committed, &report), lines_missing(&report, &committed));
        assert!(
            committed == report,
            "tests/conformance/{}.txt says something else; read the difference, then run again with UPDATE=1\nno longer:\n{gone}\nnew:\n{new}",
            self.name
        );
    }
}

/// The lines of one text that another does not have.
fn lines_missing(text: &str, other: &str) -> String {
    let known: std::collections::BTreeSet<&str> = other.lines().collect();
    text.lines().filter(|line| !known.contains(line)).take(60).collect::<Vec<_>>().join("\n")
}
