package quayside.laptop.oss.operation;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import quayside.laptop.oss.http.OssException;

/**
 * Reads {@code <CompleteMultipartUpload>}. SDKs write the ETag as {@code "…"}, {@code
 * &quot;…&quot;} or {@code &#34;…&#34;}; to XML all are one. No DTD, no external entities.
 * Stateless.
 */
final class CompletionDocument {
  private CompletionDocument() {}

  /** A part as the client names it, its ETag without quotation marks. */
  record PartName(int number, String etag) {}

  /**
   * Reads the document.
   *
   * @throws OssException {@code MalformedXML}
   */
  static List<PartName> read(InputStream body) {
    var parts = new ArrayList<PartName>();
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(body);
      String number = "";
      String etag = "";
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("PartNumber")) {
          number = xml.getElementText().strip();
        } else if (event == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("ETag")) {
          etag = xml.getElementText().strip().replace("\"", "");
        } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("Part")) {
          parts.add(new PartName(Integer.parseInt(number), etag));
        }
      }
    } catch (XMLStreamException | NumberFormatException e) {
      throw malformed();
    }
    if (parts.isEmpty()) {
      throw malformed();
    }
    return parts;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private static OssException malformed() {
    return new OssException(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our schema.");
  }
}
