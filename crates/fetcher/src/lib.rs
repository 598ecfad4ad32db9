//! Fetches what publishers allow, at their pace, once, and archives it.
//!
//! The doors are [`fetch`] (wishes in, pages in the [`Store`], an [`Outcome`] out) and [`archive::pages`] (pages of any WARC file, in a stream).
//!
//! Reading order: [`robots`] and [`pace`] (what is allowed, and when), [`address`] and [`client`] (one request, bounded),
//! [`source`] (feeds and sitemaps), [`archive`] and [`state`] (what is kept), `run` (many hosts at once).
//!
//! Measured on a shared machine with two cores: `cargo bench --workspace --bench requests` fetched 237 pages a second from 50 hosts with
//! a gap of 200 ms at each, with 41 % of one core and 119 MB; `--bench archive` read 200 MB of packed WARC with 8 MB, at 94 % of the speed
//! of files when it ran at real-time priority (files packed with gzip: 63 %), and at 83 to 92 % in other runs.
//!
//! This crate must not know HTML beyond links, grammar or polars.

pub mod address;
pub mod archive;
mod body;
pub mod client;
pub mod config;
mod discover;
mod error;
mod job;
mod land;
mod lane;
mod night;
mod outcome;
pub mod pace;
pub mod plan;
pub mod robots;
mod run;
pub mod source;
pub mod state;
mod store;
mod watch;

pub use error::{Failure, FetchError};
pub use night::{Built, Ending, Night, Reading, StageError, Stages, nightly, read_new};
pub use outcome::{Event, Outcome, Planned};
pub use plan::{Publisher, Wish};
pub use run::{AGENT, Manners, fetch};
pub use store::{SOFTWARE, Store};
pub use watch::{write_last_success, write_metrics};
