//! Rows of a table, collected column by column in the types that `data/columns.toml` gives.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use knowledge::{ColumnType, Table};
use polars::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::TransformError;

/// The polars type of a column, before codes get their dictionary.
pub fn data_type(kind: ColumnType) -> DataType {
    match kind {
        ColumnType::Text | ColumnType::Code => DataType::String,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Number => DataType::Float64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Date => DataType::Date,
        ColumnType::Time => DataType::Datetime(TimeUnit::Microseconds, Some(TimeZone::UTC)),
        ColumnType::List => DataType::List(Box::new(DataType::String)),
    }
}

enum Cells {
    Text(StringChunkedBuilder),
    Integer(PrimitiveChunkedBuilder<Int64Type>),
    Number(PrimitiveChunkedBuilder<Float64Type>),
    Boolean(BooleanChunkedBuilder),
    Date(PrimitiveChunkedBuilder<Int32Type>),
    Time(PrimitiveChunkedBuilder<Int64Type>),
    List(ListStringChunkedBuilder),
}

impl Cells {
    fn with_capacity(name: &str, kind: ColumnType, rows: usize) -> Self {
        let name = PlSmallStr::from_str(name);
        match kind {
            ColumnType::Text | ColumnType::Code => Self::Text(StringChunkedBuilder::new(name, rows)),
            ColumnType::Integer => Self::Integer(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::Number => Self::Number(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::Boolean => Self::Boolean(BooleanChunkedBuilder::new(name, rows)),
            ColumnType::Date => Self::Date(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::Time => Self::Time(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::List => Self::List(ListStringChunkedBuilder::new(name, rows, 0)),
        }
    }

    fn finish(self) -> PolarsResult<Column> {
        let series = match self {
            Self::Text(cells) => cells.finish().into_series(),
            Self::Integer(cells) => cells.finish().into_series(),
            Self::Number(cells) => cells.finish().into_series(),
            Self::Boolean(cells) => cells.finish().into_series(),
            Self::Date(cells) => cells.finish().into_series().cast(&DataType::Date)?,
            // A cast would lose the zone: polars knows zones by name only with a feature that we do not need otherwise.
            Self::Time(cells) => cells.finish().into_datetime(TimeUnit::Microseconds, Some(TimeZone::UTC)).into_series(),
            Self::List(mut cells) => cells.finish().into_series(),
        };
        Ok(series.into_column())
    }
}

/// Collects rows; every row gives its columns in the order of the definition, by name.
pub struct Rows<'k> {
    table: &'k Table,
    cells: Vec<Cells>,
    /// The names that were found right, by column: the next row mostly gives the very same, which their address tells.
    names: Vec<&'static str>,
    at: usize,
    height: usize,
    wrong: Option<(String, &'static str)>,
}

impl<'k> Rows<'k> {
    /// No rows yet.
    pub fn new(table: &'k Table) -> Self {
        Self::with_capacity(table, 0)
    }

    /// No rows yet, and room for some.
    pub fn with_capacity(table: &'k Table, rows: usize) -> Self {
        let cells = table.columns.iter().map(|column| Cells::with_capacity(&column.name, column.kind, rows)).collect();
        Self { table, cells, names: Vec::new(), at: 0, height: 0, wrong: None }
    }

    /// How many rows are complete.
    pub fn height(&self) -> usize {
        self.height
    }

    /// A text or code.
    pub fn text<'t>(&mut self, name: &'static str, value: impl Into<Option<&'t str>>) -> &mut Self {
        match self.next(name) {
            Some(Cells::Text(cells)) => cells.append_option(value.into()),
            _ => self.refuse(name),
        }
        self
    }

    /// A whole number.
    pub fn integer(&mut self, name: &'static str, value: impl Into<Option<i64>>) -> &mut Self {
        match self.next(name) {
            Some(Cells::Integer(cells)) => cells.append_option(value.into()),
            _ => self.refuse(name),
        }
        self
    }

    /// A number.
    pub fn number(&mut self, name: &'static str, value: impl Into<Option<f64>>) -> &mut Self {
        match self.next(name) {
            Some(Cells::Number(cells)) => cells.append_option(value.into().filter(|value| value.is_finite()).map(tidy)),
            _ => self.refuse(name),
        }
        self
    }

    /// Yes or no.
    pub fn boolean(&mut self, name: &'static str, value: bool) -> &mut Self {
        match self.next(name) {
            Some(Cells::Boolean(cells)) => cells.append_value(value),
            _ => self.refuse(name),
        }
        self
    }

    /// A day.
    pub fn date(&mut self, name: &'static str, value: Option<Date>) -> &mut Self {
        match self.next(name) {
            Some(Cells::Date(cells)) => cells.append_option(value.map(days)),
            _ => self.refuse(name),
        }
        self
    }

    /// An instant.
    pub fn time(&mut self, name: &'static str, value: Option<Timestamp>) -> &mut Self {
        match self.next(name) {
            Some(Cells::Time(cells)) => cells.append_option(value.map(Timestamp::as_microsecond)),
            _ => self.refuse(name),
        }
        self
    }

    /// A list of texts.
    pub fn list<'t>(&mut self, name: &'static str, values: impl IntoIterator<Item = &'t str>) -> &mut Self {
        match self.next(name) {
            Some(Cells::List(cells)) => cells.append_values_iter(values.into_iter()),
            _ => self.refuse(name),
        }
        self
    }

    /// Ends a row.
    pub fn end(&mut self) {
        if self.at != self.cells.len() && self.wrong.is_none() {
            self.wrong = Some((self.expected(), "(the row's end)"));
        }
        self.at = 0;
        self.height += 1;
    }

    /// The rows as a frame.
    pub fn finish(self) -> Result<DataFrame, TransformError> {
        let table = &self.table.name;
        if let Some((expected, written)) = self.wrong {
            return Err(TransformError::Column { table: table.clone(), expected, written: written.to_owned() });
        }
        let columns: PolarsResult<Vec<Column>> = self.cells.into_iter().map(Cells::finish).collect();
        columns.and_then(DataFrame::new_infer_height).map_err(TransformError::frame(format!("building `{table}`")))
    }

    fn next(&mut self, name: &'static str) -> Option<&mut Cells> {
        let at = self.at;
        if !self.names.get(at).is_some_and(|known| std::ptr::eq(*known, name)) {
            self.table.columns.get(at).filter(|column| column.name == name)?;
            self.names.truncate(at);
            self.names.push(name);
        }
        self.at += 1;
        self.cells.get_mut(at)
    }

    fn refuse(&mut self, written: &'static str) {
        if self.wrong.is_none() {
            self.wrong = Some((self.expected(), written));
        }
    }

    fn expected(&self) -> String {
        self.table.columns.get(self.at).map_or_else(|| "(no further column)".to_owned(), |column| column.name.clone())
    }
}

/// A number without the noise that arithmetic left behind its fifteenth digit.
fn tidy(value: f64) -> f64 {
    // (a whole number has none; zero loses its sign)
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return value + 0.0;
    }
    let digits = 14 - value.abs().log10().floor() as i32;
    let factor = 10_f64.powi(digits.abs());
    let tidied = if digits >= 0 { (value * factor).round() / factor } else { (value / factor).round() * factor };
    if tidied.is_finite() { tidied } else { value }
}

/// A decimal as the tables hold it; every figure of the press fits its 53 bits.
pub fn float(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

fn days(day: Date) -> i32 {
    const EPOCH: Date = date(1970, 1, 1);
    day.since(EPOCH).map_or(0, |span| span.get_days())
}
