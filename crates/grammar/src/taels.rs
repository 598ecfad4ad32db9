//! Gold by the `cây`: that is a tael of it, and no tree.

use model::Observation;

/// What trees are counted by, and what gold is weighed by.
const TREE: &str = "/tree";
const TAEL: &str = "/tael";

/// Prices by the `cây` of a text in which one of them is gold's are by the tael.
pub(crate) fn weigh_gold(observations: &mut [Observation]) {
    let by_tree = |figure: &Observation| figure.unit.ends_with(TREE);
    if !observations.iter().any(|figure| by_tree(figure) && figure.product.as_deref() == Some("gold")) {
        return;
    }
    for figure in observations.iter_mut().filter(|figure| by_tree(figure)) {
        figure.unit.truncate(figure.unit.len() - TREE.len());
        figure.unit.push_str(TAEL);
    }
}
