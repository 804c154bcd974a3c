using System.Text;

namespace KismetPS.Export.Tests.Messages;

/// <summary>A syslog message as the grammar of RFC 5424 6 has it, read by the letter: anything else is an exception.</summary>
internal sealed class Rfc5424Message
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private int _at;

    private Rfc5424Message(byte[] bytes) => _bytes = bytes;

    public int Priority { get; private set; }

    public DateTimeOffset Time { get; private set; }

    public string Host { get; private set; } = "";

    public string App { get; private set; } = "";

    public string Process { get; private set; } = "";

    public string MessageId { get; private set; } = "";

    public Dictionary<string, List<KeyValuePair<string, string>>> Data { get; } = [];

    public bool HasMark { get; private set; }

    public string Message { get; private set; } = "";

    public static Rfc5424Message Parse(byte[] bytes)
    {
        var message = new Rfc5424Message(bytes);
        message.Read();
        return message;
    }

    private void Read()
    {
        Take('<');
        string priority = Until('>', 3);
        Priority = int.Parse(priority);
        Require(Priority is >= 0 and <= 191 && (priority == "0" || priority[0] != '0'), "priority");
        Take('1');
        Take(' ');
        string time = Until(' ', 64);
        Require(time.EndsWith('Z') && time.Contains('T'), "time");
        Time = DateTimeOffset.ParseExact(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
        Host = Until(' ', 255);
        App = Until(' ', 48);
        Process = Until(' ', 128);
        MessageId = Until(' ', 32);
        if (_bytes[_at] == '-')
        {
            _at++;
        }
        else
        {
            do
            {
                Element();
            }
            while (_at < _bytes.Length && _bytes[_at] == '[');
        }

        if (_at == _bytes.Length)
        {
            return;
        }

        Take(' ');
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_at);
        HasMark = rest.StartsWith("\uFEFF"u8);
        Message = s_strict.GetString(HasMark ? rest[3..] : rest);
    }

    private void Element()
    {
        Take('[');
        string id = Name();
        var parameters = new List<KeyValuePair<string, string>>();
        while (_bytes[_at] == ' ')
        {
            _at++;
            string name = Name();
            Take('=');
            Take('"');
            var value = new List<byte>();
            while (_bytes[_at] != '"')
            {
                // 6.3.3: a quote, backslash or bracket must be escaped; a backslash before anything else is itself.
                Require(_bytes[_at] != ']', "bracket");
                if (_bytes[_at] == '\\' && _bytes[_at + 1] is (byte)'"' or (byte)'\\' or (byte)']')
                {
                    _at++;
                }

                value.Add(_bytes[_at++]);
            }

            _at++;
            parameters.Add(new(name, s_strict.GetString([.. value])));
        }

        Take(']');
        Data.Add(id, parameters);
    }

    private string Name()
    {
        int start = _at;
        while (_bytes[_at] is not ((byte)'=' or (byte)' ' or (byte)']' or (byte)'"'))
        {
            Require(_bytes[_at] is > 32 and < 127, "name");
            _at++;
        }

        Require(_at - start is >= 1 and <= 32, "name length");
        return Encoding.ASCII.GetString(_bytes, start, _at - start);
    }

    private string Until(char end, int most)
    {
        int start = _at;
        while (_bytes[_at] != end)
        {
            Require(_bytes[_at] is > 32 and < 127, "header");
            _at++;
        }

        Require(_at - start >= 1 && _at - start <= most, "header length");
        return Encoding.ASCII.GetString(_bytes, start, _at++ - start);
    }

    private void Take(char c) => Require(_bytes[_at++] == c, $"expected {c}");

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new FormatException($"{what} at byte {_at} of {Encoding.UTF8.GetString(_bytes)}");
        }
    }
}
