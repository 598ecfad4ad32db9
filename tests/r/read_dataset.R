# Reads a dataset as users of R do, and stops where its tools see different things: Rscript read_dataset.R DIR
#
# Base R reads every CSV file, and every quote stands where it says in its article's text. Where nanoparquet or arrow is
# installed, rows, columns and the sum of every column of the Parquet files are those of the CSV files.

folder <- commandArgs(trailingOnly = TRUE)[1]

csv <- function(name) {
  read.csv(file.path(folder, name), encoding = "UTF-8", na.strings = "", check.names = FALSE, colClasses = "character")
}

# What a column adds up to: its numbers, or the characters of its texts. Lists, dates and times have no such sum in both.
total <- function(column, like) {
  if (is.numeric(like)) sum(as.numeric(column), na.rm = TRUE) else if (is.character(like)) sum(nchar(column), na.rm = TRUE) else 0
}

quotes <- function() {
  articles <- csv("articles.csv")
  figures <- csv("observations.csv")
  figures <- figures[!is.na(figures$start), ]
  texts <- articles$text[match(figures$article, articles$article)]
  found <- substring(texts, as.integer(figures$start) + 1, as.integer(figures$end))
  stopifnot("no observation has a place" = nrow(figures) > 0, "a quote is not in its place" = found == figures$quote)
}

compare <- function(name, read) {
  rows <- csv(name)
  frame <- as.data.frame(read(file.path(folder, sub("csv$", "parquet", name))))
  stopifnot(nrow(frame) == nrow(rows), identical(names(frame), names(rows)))
  for (column in names(rows)) {
    like <- if (is.factor(frame[[column]])) as.character(frame[[column]]) else frame[[column]]
    sums <- c(total(rows[[column]], like), total(like, like))
    if (!isTRUE(all.equal(sums[1], sums[2]))) stop(name, ": ", column, " adds up to ", sums[2], ", in CSV to ", sums[1])
  }
}

tables <- setdiff(list.files(folder, "[.]csv$"), "series.sdmx.csv")
stopifnot("there is no CSV file" = length(tables) > 0)
for (name in tables) csv(name)
quotes()
readers <- Filter(function(name) requireNamespace(name, quietly = TRUE), c("nanoparquet", "arrow"))
if (length(readers) == 0) cat("skipped: R has neither nanoparquet nor arrow, so only the CSV files were read\n")
for (reader in readers) for (name in tables) compare(name, getExportedValue(reader, "read_parquet"))
