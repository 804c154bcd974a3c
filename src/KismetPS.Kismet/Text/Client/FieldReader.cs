using System.Runtime.CompilerServices;
using KismetPS.Wireless;

namespace KismetPS.Kismet.Text.Client;

/// <summary>
/// Reads the words of a sentence by the fields that were asked for, and keeps account of them: how many there were and how many were no values.
/// Keys come first in a subscription. Without a subscription the words have no fields.
/// </summary>
internal ref struct FieldReader
{
    private readonly TextSubscription? _subscription;
    private SentenceReader _sentence;
    private int _at;
    private int _bad;

    public FieldReader(SentenceReader sentence, TextSubscription? subscription)
    {
        _sentence = sentence;
        _subscription = subscription;
    }

    /// <summary>The next field and its word; false behind the last field or at the end of the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out TextField field, out Word word)
    {
        ReadOnlySpan<TextField> fields = _subscription!.Fields;
        int at = _at;
        if (at < fields.Length && TryReadWord(out word))
        {
            field = fields[at];
            return true;
        }

        field = TextField.None;
        word = default;
        return false;
    }

    /// <summary>The next word with the name of its field on the wire, null for one more than was asked for; false at the end of the line.</summary>
    public bool TryReadNamed(out string? name, out Word word)
    {
        ReadOnlySpan<string> names = _subscription is null ? [] : _subscription.Names;
        name = _at < names.Length ? names[_at] : null;
        return TryReadWord(out word);
    }

    /// <summary>Reads a key that has to be the address of one device; else counts why not.</summary>
    public bool TryReadAddress(TextWorld world, TextField field, out MacAddress address)
    {
        address = default;
        if (!TryRead(out TextField read, out Word word) || read != field || !word.TryGetMac(out address) || address.IsZero)
        {
            world.Drop(TextDropReason.BadKey);
            return false;
        }

        if (address.IsGroup)
        {
            world.Drop(TextDropReason.GroupAddress);
            return false;
        }

        return true;
    }

    /// <summary>
    /// Reads a field that may hold blanks without quotes, up to the word that the key behind it is known to be; that is read too. False where other fields
    /// are next, the value is quoted or the key is not known: then nothing is read. Where the key does not come, nothing is left.
    /// </summary>
    public bool TryReadUpToKey(TextField field, TextField behind, scoped ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = [];
        ReadOnlySpan<byte> rest = _sentence.Rest;
        if (key.IsEmpty || rest is [WordReader.Quote, ..] || _subscription!.Fields[Math.Min(_at, _subscription.Fields.Length)..] is not [TextField next, TextField last, ..] || next != field || last != behind)
        {
            return false;
        }

        int length = -1;
        while (_sentence.TryRead(out Word word))
        {
            if (word.Value.SequenceEqual(key))
            {
                value = length < 0 ? [] : rest[..length];
                _at += 2;
                return true;
            }

            length = (length < 0 ? 0 : length + 1) + word.Raw.Length;
        }

        return false;
    }

    /// <summary>Takes note of whether a word was a value of its field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(bool isValue) => _bad += isValue ? 0 : 1;

    /// <summary>Whether there was exactly a word for each field; if not, that is counted. Values that were none are counted too, the others stand.</summary>
    public readonly bool IsWhole(TextWorld world)
    {
        if (_at < _subscription!.Names.Length || (!_subscription.IsRaw && !_sentence.Rest.IsEmpty))
        {
            world.Drop(TextDropReason.WordCount);
            return false;
        }

        for (int bad = _bad; bad > 0; bad--)
        {
            world.Drop(TextDropReason.BadValue);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadWord(out Word word)
    {
        bool read = _subscription is { } subscription && _at == subscription.WideField ? TryReadWide(subscription, out word) : _sentence.TryRead(out word);
        _at += read ? 1 : 0;
        return read;
    }

    private bool TryReadWide(TextSubscription subscription, out Word word)
    {
        ReadOnlySpan<byte> rest = _sentence.Rest;
        if (rest is [WordReader.Quote, ..])
        {
            return _sentence.TryRead(out word);
        }

        if (subscription.IsLoose)
        {
            return _sentence.TryReadRest(out word);
        }

        // Of stable's INFO: "quality signal noise" in 2005, "signal noise" in 2008. All other fields are one word each.
        const int Most = 3;
        SentenceReader ahead = _sentence;
        int words = _at + 1 - subscription.Names.Length;
        while (ahead.TryRead(out _))
        {
            words++;
        }

        bool read = false;
        for (words = Math.Clamp(words, 1, Most); words > 0 && _sentence.TryRead(out _); words--)
        {
            read = true;
        }

        rest = rest[..^_sentence.Rest.Length];
        word = new Word(rest is [.., (byte)' '] ? rest[..^1] : rest, WordMarks.None);
        return read;
    }
}
