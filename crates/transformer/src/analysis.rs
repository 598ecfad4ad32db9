//! What an article's figures say together: metrics and checks.

use std::borrow::Cow;

use model::{BlockKind, Record};

use crate::checks::{self, Check};
use crate::fact::{Fact, Facts};
use crate::metrics::{self, Metric};
use crate::reference::Reference;

/// Metrics and checks of one article.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Derived values.
    pub metrics: Vec<Metric>,
    /// Tested identities.
    pub checks: Vec<Check>,
}

/// Analyses one article, whose figures have `ids` and are narrowed by `parts`. Headlines of other articles are left out: they
/// are not this article's statements.
pub fn analyse(record: &Record, ids: &[String], parts: &[Cow<'_, str>], reference: &Reference<'_>) -> Analysis {
    let own = |block: u32| record.article.blocks.get(block as usize).is_none_or(|block| block.kind != BlockKind::Related);
    let facts: Vec<Fact<'_>> = record
        .observations
        .iter()
        .zip(ids.iter().zip(parts))
        .filter(|(figure, _)| own(figure.block))
        .filter_map(|(figure, (id, part))| Fact::new(figure, id, &record.article.id, part, reference))
        .collect();
    let facts = Facts::new(facts);
    let mut analysis = Analysis { metrics: metrics::of_article(&facts, reference), checks: checks::of_article(&facts, reference) };
    analysis.metrics.extend(metrics::counts(record));
    analysis
}
