//! What the grammar reads, against the corpora and vectors under `tests/`, and what holds for every text.

mod allocations;
mod corpus;
mod properties;
mod report;
mod statements;
mod vectors;
