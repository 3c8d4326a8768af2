package dev.tare.report.document;

import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A part of a document. Its numbers are numbers: each form rounds them as it needs. */
public sealed interface Section {
    /** What stands above it; empty for a part that needs nothing. */
    String heading();

    /** Has a form written. */
    void writeTo(Form form);

    /** A form of a document: what it does with each kind of section. */
    interface Form {
        /** Quantities, row by row, of all runs. */
        void results(ResultTable table);

        /** Sentences, one item each. */
        void sentences(Sentences section);

        /** What each run has of the same property. */
        void properties(PropertyTable table);

        /** Where to read on. */
        void links(Links section);

        /** Numbers that can be drawn. */
        void figure(Figure figure);
    }

    /**
     * Quantities of all runs, with their efficiencies.
     *
     * @param heading what stands above it
     * @param runs the runs, one for each cell of a row
     * @param baseline the run that the others are compared with, from 0
     * @param rows primary quantities, each followed by the secondary metrics of its configuration
     * @param names short names of the configurations
     */
    record ResultTable(
            String heading, List<ComparedRun> runs, int baseline, List<Row> rows, Map<Configuration, String> names)
            implements Section {
        /** So many beside the baseline stand side by side with all their figures; of more, their efficiencies. */
        private static final int MOST_SIDE_BY_SIDE = 2;

        /** Keeps copies. */
        public ResultTable {
            runs = List.copyOf(runs);
            rows = List.copyOf(rows);
            names = Collections.unmodifiableMap(new HashMap<>(names));
        }

        @Override
        public void writeTo(Form form) {
            form.results(this);
        }

        /** The runs that are compared with the baseline. */
        public List<Integer> others() {
            return IntStream.range(0, runs.size())
                    .filter(run -> run != baseline)
                    .boxed()
                    .toList();
        }

        /** The name of a run. */
        public String run(int run) {
            return runs.get(run).name();
        }

        /** Whether there are so many runs that only their efficiencies stand beside the baseline. */
        public boolean isMatrix() {
            return others().size() > MOST_SIDE_BY_SIDE;
        }

        /** Rows by their units, so that what stands in a table is of one quantity. */
        public List<List<Row>> byQuantity(List<Row> shown) {
            Map<String, List<Row>> byUnit = new LinkedHashMap<>();
            shown.forEach(row ->
                    byUnit.computeIfAbsent(row.unit(), any -> new ArrayList<>()).add(row));
            return List.copyOf(byUnit.values());
        }

        /** The short name of a row's configuration. */
        public String name(Row row) {
            return names.getOrDefault(row.configuration(), row.configuration().toString());
        }

        /** The rows by which configurations are compared. */
        public List<Row> primaryRows() {
            return rows.stream().filter(Row::primary).toList();
        }

        /** What is said of every one of several primary rows: it is said once, for the whole document. */
        public Set<String> commonNotes() {
            Map<String, Long> counts = new LinkedHashMap<>();
            List<Row> primary = primaryRows();
            primary.forEach(row -> row.notes().stream().distinct().forEach(note -> counts.merge(note, 1L, Long::sum)));
            counts.values().removeIf(count -> count < 2 || count < primary.size());
            return counts.keySet();
        }

        /** The notes of these rows without the common ones, each text once; a note's number is its place, from 1. */
        public List<String> numberedNotes(List<Row> shown) {
            Set<String> notes = new LinkedHashSet<>();
            shown.forEach(row -> notes.addAll(row.notes()));
            notes.removeAll(commonNotes());
            return new ArrayList<>(notes);
        }
    }

    /**
     * One of the compared runs.
     *
     * @param name what it is called
     * @param host the machine's name; empty when it was not recorded, as are the others
     * @param started ISO 8601, UTC
     * @param labels the user's words, {@code name=value;name=value}
     */
    record ComparedRun(String name, String host, String started, String labels) {}

    /**
     * Sentences under one heading.
     *
     * @param heading what stands above them
     * @param kind one word for what they are, for programs
     * @param sentences one item each
     * @param headline whether a reader wants them at a glance
     */
    record Sentences(String heading, String kind, List<String> sentences, boolean headline) implements Section {
        /** Sentences that a reader wants at a glance. */
        public Sentences(String heading, String kind, List<String> sentences) {
            this(heading, kind, sentences, true);
        }

        /** Keeps a copy. */
        public Sentences {
            sentences = List.copyOf(sentences);
        }

        @Override
        public void writeTo(Form form) {
            form.sentences(this);
        }
    }

    /**
     * Other documents of the same kind beside this one.
     *
     * @param heading what stands above them
     * @param links one item each
     */
    record Links(String heading, List<Link> links) implements Section {
        /** Keeps a copy. */
        public Links {
            links = List.copyOf(links);
        }

        @Override
        public void writeTo(Form form) {
            form.links(this);
        }
    }

    /**
     * One of them.
     *
     * @param name what it is called
     * @param file its file, beside this document's
     * @param words what is to be seen there; may be empty
     */
    record Link(String name, String file, String words) {
        /** For forms that have no links. */
        public String inWords() {
            return words.isEmpty() ? name : name + ": " + words;
        }
    }

    /**
     * Properties with the value of each run.
     *
     * @param heading what stands above them
     * @param kind one word for what they are, for programs
     * @param runs the names of the runs, one for each value of a property
     * @param properties one line each
     */
    record PropertyTable(String heading, String kind, List<String> runs, List<Property> properties) implements Section {
        /** Keeps copies. */
        public PropertyTable {
            runs = List.copyOf(runs);
            properties = List.copyOf(properties);
        }

        @Override
        public void writeTo(Form form) {
            form.properties(this);
        }
    }

    /**
     * One property of all runs.
     *
     * @param name its name
     * @param values the value of each run; empty where a run has none
     * @param headline whether a reader wants it at a glance
     */
    record Property(String name, List<String> values, boolean headline) {
        /** Keeps a copy. */
        public Property {
            values = List.copyOf(values);
        }
    }

    /**
     * A figure: numbers, what they say, and how they are drawn. The chart is drawn from the table.
     *
     * @param chapter the part of the document that it belongs to; figures of one chapter stand together
     * @param heading what it shows
     * @param kind one word for what its numbers are, for programs
     * @param finding what the numbers say, derived from them; empty for none
     * @param explanation how to read it; empty where that is plain
     * @param grid the numbers
     * @param chart how they are drawn
     * @param repeats whether other sections have all its numbers: forms that do not draw leave it out
     * @param source where its numbers come from, such as {@code measured: 10 rounds}; empty where the whole document has one
     *     source
     */
    record Figure(
            String chapter,
            String heading,
            String kind,
            String finding,
            String explanation,
            Grid grid,
            Chart chart,
            boolean repeats,
            String source)
            implements Section {
        /** A figure of a document that has one source. */
        public Figure(
                String chapter,
                String heading,
                String kind,
                String finding,
                String explanation,
                Grid grid,
                Chart chart,
                boolean repeats) {
            this(chapter, heading, kind, finding, explanation, grid, chart, repeats, "");
        }

        @Override
        public void writeTo(Form form) {
            form.figure(this);
        }
    }
}
