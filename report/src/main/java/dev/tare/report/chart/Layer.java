package dev.tare.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies on one level of a drawing, in groups of one look: colours are most of the bytes of a drawing whose every element
 * states them. Groups stand in the order of their first elements, so that nothing may overlap what is drawn later in
 * another look, unless on another level.
 */
final class Layer {
    private final Map<List<Look>, Group> groups = new LinkedHashMap<>();

    /** A shape: its element as far as its attributes. */
    private record Shape(String element, Look look) {}

    /** Lines that nobody points at are one path. */
    private record Group(StringBuilder lines, StringBuilder elements) {}

    /** Shapes with words about them. */
    static final class Mark {
        private final String title;
        private final List<Shape> shapes = new ArrayList<>();

        Mark(String words) {
            title = "<title>" + Markup.escaped(words) + "</title>";
        }

        /** @param element as far as its colours, without the bracket that ends it */
        void add(String element, Look look) {
            shapes.add(new Shape(element, look));
        }
    }

    private Group group(List<Look> looks) {
        return groups.computeIfAbsent(looks, any -> new Group(new StringBuilder(), new StringBuilder()));
    }

    void line(String path, Look look) {
        group(List.of(look)).lines().append(path);
    }

    /** @param element whole, without its colours */
    void add(String element, Look look) {
        group(List.of(look)).elements().append(element);
    }

    void add(Mark mark) {
        if (mark.shapes.isEmpty()) {
            return;
        }
        List<Look> looks = mark.shapes.stream().map(Shape::look).toList();
        StringBuilder elements = group(looks).elements();
        Look common = common(looks);
        if (mark.shapes.size() == 1) {
            String element = mark.shapes.get(0).element();
            String name = element.substring(1, element.indexOf(' '));
            elements.append(element)
                    .append('>')
                    .append(mark.title)
                    .append("</")
                    .append(name)
                    .append('>');
            return;
        }
        elements.append("<g>").append(mark.title);
        for (Shape shape : mark.shapes) {
            elements.append(shape.element()).append(shape.look().within(common)).append("/>");
        }
        elements.append("</g>");
    }

    /** That of the last shape, which lies on top and has both colours. */
    private static Look common(List<Look> looks) {
        return looks.get(looks.size() - 1);
    }

    void writeTo(StringBuilder svg) {
        groups.forEach((looks, group) -> {
            svg.append("<g").append(common(looks).within(Look.NONE)).append('>');
            if (group.lines().length() > 0) {
                svg.append("<path d=\"").append(group.lines()).append("\"/>");
            }
            svg.append(group.elements()).append("</g>");
        });
    }
}
