using KismetPS.Capture;

namespace KismetPS.Export.Messages;

/// <summary>Takes the values of a message's fields and writes them in its format.</summary>
internal abstract class FieldSink
{
    /// <summary>Nothing is known: null or nothing, never zero.</summary>
    public abstract void Unknown(MessageField field);

    public abstract void Text(MessageField field, string value);

    /// <summary>A text of ours: letters, digits and what needs no escape anywhere.</summary>
    public abstract void Word(MessageField field, string value);

    public abstract void Number(MessageField field, long value);

    public abstract void Number(MessageField field, double value);

    public abstract void Flag(MessageField field, bool value);

    /// <summary>A time, UTC. The guide's own time has no zone letter, all others have.</summary>
    public abstract void Time(MessageField field, DateTimeOffset value, bool zone);

    /// <summary>Texts; an item may be null.</summary>
    public abstract void List<T>(MessageField field, DetailList<T> items, Func<T, string?> text);
}
