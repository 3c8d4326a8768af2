package dev.tare.profiles.command;

import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.report.document.Document;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page on disk with its style sheet beside it. */
final class PageFile {
    private final Path file;

    PageFile(Path file) {
        this.file = file;
        if (Path.of(Document.STYLE_SHEET_NAME).equals(file.getFileName())) {
            throw CommandException.usage("--html: expected another name than " + Document.STYLE_SHEET_NAME
                    + ", which is that of the style sheet beside the page; name it report.html");
        }
    }

    /** Writes both when something was measured, and says where. */
    void writeAtEnd(Document document, PrintStream console) {
        write(document.html(true), console);
        console.println("page: " + file.toAbsolutePath());
    }

    /** Writes both; another's file of the style sheet's name stays as it is. */
    void write(String page, PrintStream console) {
        try {
            Files.writeString(file, page);
            Path sheet = file.toAbsolutePath().resolveSibling(Document.STYLE_SHEET_NAME);
            if (!Files.exists(sheet) || Document.isStyleSheet(Files.readString(sheet))) {
                Files.writeString(sheet, Document.styleSheet());
            } else {
                console.println(
                        "left as it is: " + sheet + ", which Tare did not write; the page has its style inside, too");
            }
        } catch (IOException e) {
            throw CommandException.unavailable(
                    "cannot write the page to " + file + ": " + Reasons.of(e)
                            + "; name a file in a folder that you can write to",
                    e);
        }
    }
}
