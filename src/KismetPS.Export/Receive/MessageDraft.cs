using KismetPS.Export.Formats;

namespace KismetPS.Export.Receive;

/// <summary>What was read of a message so far, and the message that comes of it.</summary>
internal sealed class MessageDraft
{
    private ReceivedKind? _failure;
    private long _sequence;
    private string? _stream;
    private RecordDraft? _values;

    public ReceivedKind Kind { get; set; } = ReceivedKind.BadType;

    public string? Token { get; set; }

    /// <summary>Values of the device.</summary>
    public RecordDraft Values => _values ??= DeviceFields.Table.NewDraft();

    /// <summary>Notes why it is no message; the first reason stays.</summary>
    public void Fail(ReceivedKind reason) => _failure ??= reason;

    public void TakeSequence(long sequence)
    {
        if (sequence > 0)
        {
            _sequence = sequence;
        }
        else
        {
            Fail(ReceivedKind.BadSequence);
        }
    }

    public void TakeStream(string stream)
    {
        if (MessageFields.IsStreamName(stream))
        {
            _stream = stream;
        }
        else
        {
            Fail(ReceivedKind.BadSequence);
        }
    }

    public ReceivedMessage Build()
    {
        switch (Kind)
        {
            case ReceivedKind.BadType:
                return new(Kind);
            case ReceivedKind.Hello:
                return new(Kind, Token: Token);
            case ReceivedKind.Alert:
                return _failure == ReceivedKind.BadSequence ? new(ReceivedKind.BadSequence) : new(Kind, null, _sequence, _stream);
            default:
                if (_failure is null && _values is not null && DeviceFields.Table.Build(_values) is { } device)
                {
                    return new(Kind, device, _sequence, _stream);
                }

                // What is wrong with the device is no reason to call its number missing.
                return _failure == ReceivedKind.BadSequence ? new(ReceivedKind.BadSequence) : new(ReceivedKind.BadData, null, _sequence, _stream);
        }
    }
}
