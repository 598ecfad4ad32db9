//! Reads what Vietnamese sentences say about numbers.
#![allow(dead_code, reason = "wip")]
mod confidence;
mod explain;
mod fold;
mod frame;
mod lexicon;
mod measure;
mod number;
mod period;
mod place;
mod quantity;
mod reader;
mod sentence;
mod statement;
mod text;
mod token;
mod topic;

pub use reader::{Grammar, Reading};
