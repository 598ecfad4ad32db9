//! CSV as the exporter writes it, for the tests that read its tables.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A row by column.
pub type Row = BTreeMap<String, String>;

/// The rows of a file.
pub fn rows(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut lines = cells(&text).into_iter();
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

/// The cells of a CSV text (RFC 4180), line by line.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            '\r' if !quoted => {}
            _ => cell.push(letter),
        }
    }
    lines
}
