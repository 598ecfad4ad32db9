//! What an article's figures say together: metrics and checks.

use model::{BlockKind, Record};

use crate::checks::{self, Check};
use crate::fact::{Fact, Facts};
use crate::figure::Figure;
use crate::metrics::{self, Metric};
use crate::reference::Reference;

/// Metrics and checks of one article.
#[derive(Debug, Default)]
pub struct Analysis<'a> {
    /// Derived values.
    pub metrics: Vec<Metric<'a>>,
    /// Tested identities.
    pub checks: Vec<Check<'a>>,
}

/// Analyses one article of so many words. Headlines of other articles are left out: they are not this article's statements.
pub fn analyse<'a>(record: &'a Record, words: u32, figures: &'a [Figure<'a>], reference: &Reference<'a>) -> Analysis<'a> {
    let own = |block: u32| record.article.blocks.get(block as usize).is_none_or(|block| block.kind != BlockKind::Related);
    let stated = figures.iter().filter(|figure| own(figure.observation.block));
    let facts = Facts::new(stated.filter_map(|figure| Fact::new(figure, &record.article.id, reference)).collect());
    let mut analysis = Analysis { metrics: metrics::of_article(&facts, reference), checks: checks::of_article(&facts, reference) };
    analysis.metrics.extend(metrics::counts(record, words));
    analysis
}
