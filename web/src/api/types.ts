/** Short names for the contract's types. The contract itself is generated; nothing is written twice. */
import type { components } from './gen/schema';

type Schemas = components['schemas'];

export type User = Schemas['User'];
export type Invite = Schemas['Invite'];
export type InviteList = Schemas['InviteList'];
export type Session = Schemas['Session'];
export type Progress = Schemas['FileProgress'];
export type File = Schemas['File'];
export type FileList = Schemas['FileList'];
export type UploadReply = Schemas['UploadReply'];
export type Source = Schemas['Source'];
export type Sources = Schemas['SourcesReply'];
export type SyncReply = Schemas['SyncReply'];
export type Version = Schemas['Version'];
export type DataSourceInfo = Schemas['DataSourceInfo'];
export type FeatureState = Schemas['FeatureState'];
export type HealthReport = Schemas['HealthReport'];
export type Table = Schemas['Table'];
export type TableLoad = Schemas['TableLoad'];
export type LoadReport = Schemas['LoadReport'];
export type TableProfile = Schemas['TableProfile'];
export type ColumnProfile = Schemas['ColumnProfile'];
export type ValueCount = Schemas['ValueCount'];
export type SemanticType = Schemas['SemanticType'];
export type ModelJoin = Schemas['ModelJoin'];
export type ChartType = Schemas['ChartType'];
export type ChartSpec = Schemas['ChartSpec'];
export type ResultColumn = Schemas['ResultColumn'];
export type QueryResult = Schemas['ExecuteReply'];
export type Chip = Schemas['Chip'];
export type Choice = Schemas['Choice'];
export type Receipt = Schemas['Receipt'];
export type NumberTrace = Schemas['NumberTrace'];
export type Answer = Schemas['AskReply'];
export type Quote = Schemas['Quote'];
export type SnippetPart = Schemas['SnippetPart'];
export type Passage = Schemas['Passage'];
export type PassagePage = Schemas['PassagePage'];
export type PassageHit = Schemas['Hit'];
export type SearchReply = Schemas['SearchReply'];
export type TableOrigin = Schemas['TableOrigin'];
export type ConversationHead = Schemas['ConversationHead'];
export type ConversationList = Schemas['ConversationList'];
export type Turn = Schemas['TurnReply'];
export type Conversation = Schemas['ConversationReply'];
export type Notification = Schemas['Notification'];
export type NotificationList = Schemas['NotificationsReply'];
/** What the WebSocket pushes; OpenAPI does not describe it. `seq` is 0 for what is not kept (progress). */
export interface Event {
  seq: number;
  type: string;
  source_id?: string | null;
  data: unknown;
}
export type Ticket = Schemas['Ticket'];
