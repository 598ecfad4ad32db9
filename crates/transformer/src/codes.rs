//! Codes as dictionaries: closed lists from `data/columns.toml`, open ones from what occurs, in alphabetical order.

use std::collections::{BTreeMap, BTreeSet};

use knowledge::{ColumnType, Table};
use polars::prelude::*;
use rayon::prelude::*;

use crate::TransformError;
use crate::rows::data_type;

/// The codes seen, by table and column.
pub type Codes = BTreeMap<(&'static str, String), BTreeSet<String>>;

/// The codes that a frame uses, by column, where the definition has no closed list of them.
pub fn used(frame: &DataFrame, table: &Table) -> Result<Vec<(String, BTreeSet<String>)>, TransformError> {
    let open = table.columns.par_iter().filter(|column| column.kind == ColumnType::Code && column.values.is_empty());
    let codes = |column: &knowledge::Column| {
        let codes = frame.column(&column.name)?.unique()?;
        Ok((column.name.clone(), codes.str()?.iter().flatten().map(str::to_owned).collect()))
    };
    open.map(codes).collect::<PolarsResult<_>>().map_err(TransformError::frame("listing codes"))
}

/// An empty frame of a table.
pub fn empty(table: &Table, codes: &Codes) -> Result<DataFrame, TransformError> {
    let schema: Schema = table.columns.iter().map(|column| Field::new(column.name.as_str().into(), data_type(column.kind))).collect();
    let empty = DataFrame::empty_with_schema(&schema).lazy();
    empty.select(columns(table, codes)?).collect().map_err(TransformError::frame(format!("making `{}`", table.name)))
}

/// The columns of a table in the order of the definition, with their codes as dictionaries.
pub fn columns(table: &Table, codes: &Codes) -> Result<Vec<Expr>, TransformError> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let values = col(column.name.as_str());
        columns.push(if column.kind == ColumnType::Code {
            let seen = codes.iter().find(|((name, of), _)| *name == table.name && *of == column.name).map(|(_, seen)| seen);
            let names: Vec<&str> = match (column.values.is_empty(), seen) {
                (false, _) => column.values.iter().map(String::as_str).collect(),
                (true, Some(seen)) => seen.iter().map(String::as_str).collect(),
                (true, None) => Vec::new(),
            };
            values.cast(dictionary(names)?)
        } else {
            values
        });
    }
    Ok(columns)
}

fn dictionary(names: Vec<&str>) -> Result<DataType, TransformError> {
    FrozenCategories::new(names).map(DataType::from_frozen_categories).map_err(TransformError::frame("making a dictionary"))
}

/// The codes of a frame back as text.
pub fn decode(frame: LazyFrame, table: &Table) -> LazyFrame {
    let codes: Vec<Expr> = table
        .columns
        .iter()
        .filter(|column| column.kind == ColumnType::Code)
        .map(|column| col(column.name.as_str()).cast(DataType::String))
        .collect();
    frame.with_columns(codes)
}
