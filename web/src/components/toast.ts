/** A short message in the corner; its code is loaded with the first one. */
export async function toast(message: string, options: { title?: string; bad?: boolean } = {}): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  notifications.show({ message, title: options.title, color: options.bad ? 'red' : 'sea' });
}
