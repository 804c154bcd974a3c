using System.Collections.ObjectModel;

namespace KismetPS.Capture;

/// <summary>A read-only list whose text joins its items with "; ", so that a CSV cell or table column shows them.</summary>
/// <typeparam name="T">Item type.</typeparam>
public sealed class DetailList<T> : ReadOnlyCollection<T>
{
    /// <summary>Wraps a list that nobody changes any more.</summary>
    public DetailList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>The list without items.</summary>
    public static new DetailList<T> Empty { get; } = new(Array.Empty<T>());

    /// <summary>The items, joined.</summary>
    public override string ToString() => string.Join("; ", this);
}
