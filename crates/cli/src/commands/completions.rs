//! `solieu completions`: what a shell needs to complete a command line.

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::examples;
use crate::app::App;
use crate::exit::Exit;

const EXAMPLES: &[(&str, &str)] = &[("For bash, in the running shell", "eval \"$(solieu completions bash)\"")];

/// Prints the completions of a shell.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    /// Runs it.
    pub fn run(self) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut App::whole(), "solieu", &mut script);
        io::stdout().write_all(&script)?;
        Ok(Exit::Done)
    }
}
