using System.Globalization;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Rest;

/// <summary>
/// Whether a page was the last one. A page past the end is the first page again, so that the count of rows must say it; a server whose count is wrong
/// is found out by an empty page, by the first device coming first again, or by more rows than anybody would keep.
/// </summary>
internal sealed class PageWalk(int size, int maxDevices)
{
    private MacAddress _first;
    private MacAddress _firstOfPage;
    private long _rows;
    private int _rowsOfPage;

    /// <summary>The page to ask for.</summary>
    public int Page { get; private set; }

    /// <summary>Rows of a page.</summary>
    public int Size => size;

    /// <summary>Whether all pages were read.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A record of the page came.</summary>
    public void See(ReadOnlySpan<byte> record)
    {
        _rows++;
        if (_rowsOfPage++ == 0)
        {
            RestFacts.TryReadAddress(record, out _firstOfPage);
        }
    }

    /// <summary>The page was read whole.</summary>
    /// <param name="outside">What lies around its records.</param>
    public void EndPage(string outside)
    {
        bool again = Page > 0 && !_first.IsZero && _firstOfPage == _first;
        IsOver = _rowsOfPage == 0 || again || _rows > maxDevices * 2L || (Page + 1L) * size >= Total(outside);
        _first = Page == 0 ? _firstOfPage : _first;
        _rowsOfPage = 0;
        Page++;
    }

    /// <summary>The page was not read whole: it is asked for again.</summary>
    public void Again() => _rowsOfPage = 0;

    // Without a count all came at once.
    private static long Total(string outside)
    {
        const string Mark = "\"total_row\":";
        int at = outside.LastIndexOf(Mark, StringComparison.Ordinal);
        ReadOnlySpan<char> digits = at < 0 ? default : outside.AsSpan(at + Mark.Length).TrimStart();
        int length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }

        return long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out long total) ? total : 0;
    }
}
