//! Fetches what publishers allow, at their pace, once, and archives it.
//!
//! The doors are [`fetch`] (wishes in, pages in the [`Store`], an [`Outcome`] out) and [`archive::pages`] (pages of any WARC file, in a stream).
//!
//! Reading order: [`robots`] and [`pace`] (what is allowed, and when), [`address`] and [`client`] (one request, bounded),
//! [`source`] (feeds and sitemaps), [`archive`] and [`state`] (what is kept), `run` (many hosts at once).
//!
//! Measured on a shared machine with two cores: `cargo bench --workspace --bench requests` fetched 237 pages a second from 50 hosts with
//! a gap of 200 ms at each, with 41 % of one core and 119 MB; `--bench archive` read 1 GB of packed WARC with 12 MB, no more than the
//! same pages as files took. Parsed as HTML they cost as much computing as from files (35.5 s against 39.8 s; of 200 MB 9.1 s against
//! 8.8 s); where every byte is only looked at, unpacking takes its share (2.4 s against 1.4 s, from files packed with gzip 2.5 s).
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
