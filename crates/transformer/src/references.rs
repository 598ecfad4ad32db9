//! The reference tables of a dataset: what the ids and codes mean.

use polars::prelude::DataFrame;

use crate::TransformError;
use crate::reference::Reference;
use crate::rows::Rows;

/// The reference tables by name.
pub fn frames(reference: &Reference<'_>) -> Result<Vec<(&'static str, DataFrame)>, TransformError> {
    ["indicators", "regions", "units", "industries", "products", "partners"]
        .into_iter()
        .map(|name| Ok((name, Rows::new(reference.table(name)?).finish()?)))
        .collect()
}
