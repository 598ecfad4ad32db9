//! The nouns that all stages share, and nothing else.
//!
//! A page becomes an [`Article`] of [`Block`]s and [`Cell`]s; its text becomes [`Observation`]s and [`Unread`] numbers.
//! Stages meet only here: every other crate imports this one, and this one imports none of ours.
//!
//! Reading order: [`Article`], [`Period`], [`Observation`], [`Issue`].
//! The meaning of every field is the contract of the dataset; `data/columns.toml` carries it to the files.
//!
//! This crate does no input or output, knows no HTML, no grammar and no polars.

mod article;
mod issue;
mod observation;
mod period;
mod wrapped;

pub use article::{Article, Block, BlockKind, Cell, PublishedFrom, Record, When};
pub use issue::{Issue, IssueKind};
pub use observation::{Bound, ComparedWith, Measure, Observation, PeriodFrom, Status, Unread};
pub use period::{Frequency, Period};
pub use wrapped::unwrapped;
