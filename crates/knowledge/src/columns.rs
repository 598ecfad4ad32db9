//! The one definition of every output column.

use model::{BlockKind, Bound, Measure, PeriodFrom, Status};
use serde::Deserialize;

use crate::{Files, KnowledgeError};

const FILE: &str = "columns.toml";

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Text.
    Text,
    /// An id from a small list, dictionary-encoded.
    Code,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// An instant, UTC.
    Time,
    /// A list of texts.
    List,
}

/// One column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name in every file.
    pub name: String,
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Whether a value may be missing.
    #[serde(default, rename = "null")]
    pub nullable: bool,
    /// Unit of a number, where all rows share one.
    #[serde(default)]
    pub unit: Option<String>,
    /// The SDMX concept that it stands for.
    #[serde(default)]
    pub concept: Option<String>,
    /// `table.column` that its values point to.
    #[serde(default)]
    pub refers: Option<String>,
    /// The closed list of codes; empty if the list is open.
    #[serde(default)]
    pub values: Vec<String>,
    /// English description.
    pub en: String,
    /// Vietnamese description.
    pub vi: String,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name: that of its files.
    pub name: String,
    /// The columns that tell its rows apart.
    pub key: Vec<String>,
    /// The columns that its rows are sorted by.
    pub order: Vec<String>,
    /// English description.
    pub en: String,
    /// Vietnamese description.
    pub vi: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

impl Table {
    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// All tables of the dataset, in the order in which they are written.
#[derive(Clone, Debug)]
pub struct Columns {
    tables: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    table: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    key: Vec<String>,
    #[serde(default)]
    order: Vec<String>,
    #[serde(default)]
    like: Option<String>,
    en: String,
    vi: String,
    #[serde(default)]
    columns: Vec<Column>,
}

impl Columns {
    /// Reads and checks the table of columns.
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file: File = files.table(FILE)?;
        let mut tables: Vec<Table> = Vec::new();
        for entry in file.table {
            if tables.iter().any(|table| table.name == entry.name) {
                return Err(twice(files, &entry.name, "a table"));
            }
            let columns = columns_of(files, &tables, &entry)?;
            let order = if entry.order.is_empty() { entry.key.clone() } else { entry.order };
            let table = Table { name: entry.name, key: entry.key, order, en: entry.en, vi: entry.vi, columns };
            check_names(files, &table)?;
            tables.push(table);
        }
        check_references(files, &tables)?;
        check_values(files, &tables)?;
        Ok(Self { tables })
    }

    /// All tables, in order.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// A table by name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// The columns of an entry: those of the table that it is like, then its own.
fn columns_of(files: &Files, tables: &[Table], entry: &Entry) -> Result<Vec<Column>, KnowledgeError> {
    let mut columns = match &entry.like {
        Some(like) => match tables.iter().find(|table| table.name == *like) {
            Some(table) => table.columns.clone(),
            None => return Err(unknown(files, like)),
        },
        None => Vec::new(),
    };
    columns.extend(entry.columns.iter().cloned());
    Ok(columns)
}

fn check_names(files: &Files, table: &Table) -> Result<(), KnowledgeError> {
    for (at, column) in table.columns.iter().enumerate() {
        if table.columns[..at].iter().any(|earlier| earlier.name == column.name) {
            return Err(twice(files, &column.name, &table.name));
        }
    }
    match table.key.iter().chain(&table.order).find(|name| table.column(name).is_none()) {
        Some(name) => Err(unknown(files, name)),
        None => Ok(()),
    }
}

fn check_references(files: &Files, tables: &[Table]) -> Result<(), KnowledgeError> {
    let exists = |refers: &str| {
        let (table, column) = refers.split_once('.')?;
        tables.iter().find(|t| t.name == table)?.column(column)
    };
    match tables
        .iter()
        .flat_map(|table| &table.columns)
        .filter_map(|column| column.refers.as_deref())
        .find(|refers| exists(refers).is_none())
    {
        Some(refers) => Err(unknown(files, refers)),
        None => Ok(()),
    }
}

/// The closed lists must hold every name that the program writes, or rows would be lost.
fn check_values(files: &Files, tables: &[Table]) -> Result<(), KnowledgeError> {
    let expected: [(&str, &str, Vec<&str>); 5] = [
        ("blocks", "kind", BLOCK_KINDS.iter().map(|kind| kind.as_str()).collect()),
        ("observations", "bound", Bound::ALL.iter().map(|bound| bound.as_str()).collect()),
        ("observations", "measure", Measure::ALL.iter().map(|measure| measure.as_str()).collect()),
        ("observations", "status", Status::ALL.iter().map(|status| status.as_str()).collect()),
        ("observations", "period_from", PeriodFrom::ALL.iter().map(|from| from.as_str()).collect()),
    ];
    for (table, column, names) in expected {
        let values = tables.iter().find(|t| t.name == table).and_then(|t| t.column(column)).map_or(&[][..], |c| &c.values);
        if let Some(missing) = names.iter().find(|name| !values.iter().any(|value| value == *name)) {
            let line = files.line_of(FILE, column);
            return Err(KnowledgeError::Malformed {
                file: FILE.to_owned(),
                line,
                why: format!("`{table}.{column}` lacks the value `{missing}`"),
            });
        }
    }
    Ok(())
}

const BLOCK_KINDS: [BlockKind; 10] = [
    BlockKind::Title,
    BlockKind::Lead,
    BlockKind::Heading,
    BlockKind::Paragraph,
    BlockKind::ListItem,
    BlockKind::Quote,
    BlockKind::Caption,
    BlockKind::Table,
    BlockKind::Byline,
    BlockKind::Related,
];

fn unknown(files: &Files, id: &str) -> KnowledgeError {
    KnowledgeError::UnknownId { file: FILE.to_owned(), line: files.line_of(FILE, &format!("\"{id}\"")), id: id.to_owned() }
}

fn twice(files: &Files, what: &str, first: &str) -> KnowledgeError {
    KnowledgeError::Twice {
        file: FILE.to_owned(),
        line: files.line_of(FILE, &format!("\"{what}\"")),
        what: what.to_owned(),
        first: first.to_owned(),
    }
}
