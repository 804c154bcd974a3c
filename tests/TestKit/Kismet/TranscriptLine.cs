using System.Globalization;
using System.Text;

namespace KismetPS.TestKit;

/// <summary>One write of a recorded conversation.</summary>
/// <param name="Seconds">Since the connection was made.</param>
/// <param name="FromServer">Who wrote it.</param>
/// <param name="Bytes">What was written.</param>
public sealed record TranscriptLine(double Seconds, bool FromServer, byte[] Bytes)
{
    /// <summary>Reads a transcript: seconds, <c>C></c> or <c>S></c>, bytes with \n, \r and \xNN.</summary>
    public static IReadOnlyList<TranscriptLine> ReadAll(string path)
    {
        List<TranscriptLine> lines = [];
        foreach (string line in File.ReadLines(path, Encoding.Latin1))
        {
            int mark = line.IndexOf("> ", StringComparison.Ordinal);
            if (mark is > 0 and < 16 && line[mark - 1] is 'C' or 'S')
            {
                lines.Add(new TranscriptLine(double.Parse(line[..(mark - 1)], CultureInfo.InvariantCulture), line[mark - 1] == 'S', Unescape(line[(mark + 2)..])));
            }
        }

        return lines;
    }

    private static byte[] Unescape(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 'x':
                    bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
                default:
                    throw new InvalidDataException(text);
            }
        }

        return [.. bytes];
    }
}
