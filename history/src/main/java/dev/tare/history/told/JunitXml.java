package dev.tare.history.told;

import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The form that CI servers read: a test that passed stands for all series that did not change, one for each that did. */
public final class JunitXml {
    private JunitXml() {}

    /** The whole document. */
    public static String of(HistoryCheck check) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("testsuite");
            List<ChangeFinding> news = check.news();
            long failures = news.stream().filter(ChangeFinding::isRegression).count();
            xml.writeAttribute("name", "tare history");
            xml.writeAttribute("tests", String.valueOf(news.size() + 1));
            xml.writeAttribute("failures", String.valueOf(failures));
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", "tare.history");
            xml.writeAttribute("name", "series without a new change");
            xml.writeEndElement();
            for (ChangeFinding finding : news) {
                write(xml, finding);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text in memory can always be written", e);
        }
        return text + "\n";
    }

    private static void write(XMLStreamWriter xml, ChangeFinding finding) throws XMLStreamException {
        List<String> lines = CheckText.of(finding);
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", finding.series().stored().host());
        xml.writeAttribute("name", finding.series().name());
        if (finding.isRegression()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", lines.get(0));
        } else {
            xml.writeStartElement("system-out");
        }
        xml.writeCharacters(String.join("\n", lines));
        xml.writeEndElement();
        xml.writeEndElement();
    }
}
