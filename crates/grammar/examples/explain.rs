//! Explains a text from standard input: `cargo run -p grammar --example explain -- 2021-01-12 < text`.

use std::error::Error;
use std::io::{self, Read, Write};

use grammar::Grammar;
use knowledge::Knowledge;

fn main() -> Result<(), Box<dyn Error>> {
    let known = Knowledge::load(None)?;
    let published = std::env::args().nth(1).and_then(|day| day.parse().ok());
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    io::stdout().write_all(Grammar::new(&known).explain(&text, published).as_bytes())?;
    Ok(())
}
