//! `solieu`, the program: parses the command line, runs one command, prints its error and exits.
//!
//! Glue only. [`commands`] holds one file per command, [`input`] finds and unpacks pages, [`stages`] calls the other crates,
//! [`summary`] and [`console`] talk to people, [`exit`] lists every exit code.
//! Results go to standard output or a file, talk goes to standard error.

mod app;
mod commands;
mod console;
mod error;
mod exit;
mod input;
mod log;
mod output;
mod reading;
mod records;
mod run;
mod settings;
mod stages;
mod summary;
mod terminal;

use std::process::ExitCode;

use app::App;
use console::Console;
use exit::Exit;
use tikv_jemallocator::Jemalloc;

/// Rows of tables are millions of small pieces of memory, which the C library's allocator is slow to hand out and to take back
/// (`tests/README.md`, Scale).
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    let app = match App::read() {
        Ok(app) => app,
        Err(exit) => return exit.into(),
    };
    let console = Console::new(app.talk);
    log::start(app.talk, &console);
    let exit = app.command.run(&console).unwrap_or_else(|error| report(&error));
    exit.into()
}

/// Says what went wrong and what to do about it, on one line each.
fn report(error: &anyhow::Error) -> Exit {
    let exit = Exit::of(error);
    if exit != Exit::Done {
        tracing::error!(exit = exit as u8, hint = error::hint(error), "{}", error::one_line(error));
    }
    exit
}
